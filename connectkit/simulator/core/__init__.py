"""The protocol half of the simulator: rest-json over botocore's models, without any service's rules."""

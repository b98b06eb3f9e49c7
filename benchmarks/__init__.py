"""What connectkit costs, as ratios to raw boto3 in the same run. ``python -m benchmarks`` prints the table."""

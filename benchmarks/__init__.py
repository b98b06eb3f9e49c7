"""What connectkit costs beside raw boto3 in the same run, and its simulator. ``python -m benchmarks`` prints it."""

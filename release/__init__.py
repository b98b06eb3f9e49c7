"""What has to be true before a version is published; ``make release-check`` says what isn't. Not in the wheel."""

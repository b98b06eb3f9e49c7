"""What the simulator remembers: plain dataclasses without rules, a tree for each account and region."""

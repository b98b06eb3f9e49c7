"""Task templates of an instance: changing them safely, starting tasks, and what files say of them."""

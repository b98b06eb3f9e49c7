"""What hangs on a case: comments, contacts, files, SLAs, links to other cases, and items of custom fields."""

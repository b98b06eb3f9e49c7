"""What an administrator sets up in a Cases domain: fields and their options, layouts, templates, case rules."""

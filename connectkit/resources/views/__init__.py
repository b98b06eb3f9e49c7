"""Views of an instance: their content, versions, publishing, and what files say of them."""

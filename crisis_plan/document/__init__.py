"""A printed document as plain data; knows no feature."""

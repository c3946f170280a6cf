"""The list of cameras beside the wall: by road or kind of node, found by typing, dragged."""

"""The map engine.

From the data to the screen:

    layers/    frozen descriptions of what is shown, over columns prepared in a worker
    network/   a packed road network in one mapped file (columns.py): levels of detail, tiles
    geo/       projection, the camera
    labels/    which texts are written, and where
    points/    symbols, clusters
    movers/    fixes that are believed, places between them, trails
    render/    the render thread: one program per primitive, ends in a newest-picture slot
    canvas.py  a plain widget: blits the newest picture (backdrop.py), paints texts, points, a tool
    picking.py what is under the cursor
    tools/     what a click does

Coordinates are WGS-84 degrees outside, fixed-point Mercator (``geo.mercator``) inside.
"""

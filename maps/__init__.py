"""The map engine.

From the data to the screen:

    layers/   frozen descriptions of what is shown
    network/  a packed road network: levels of detail, tiles, picking, labels
    geo/      projection, datums, typed coordinates, the camera
    render/   the render thread: one program per primitive, ends in a newest-picture slot
    canvas.py a plain widget: blits the newest picture, paints labels, points and tools
    tools/    what a click does

Coordinates are WGS-84 degrees outside, fixed-point Mercator (``geo.mercator``) inside.
"""

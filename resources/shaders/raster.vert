#version 330 core
// A rectangle on the 32-bit Mercator grid.

uniform ivec4 bounds; // west, south, east, north
uniform ivec2 origin; // centre of the picture on the grid
uniform float scale;  // device pixels per grid unit
uniform vec2 size;    // of the picture in device pixels
out vec2 at;          // 0 to 1, from the north-west corner

void main()
{
    ivec2 corner = ivec2(gl_VertexID & 1, gl_VertexID >> 1);
    ivec2 place = ivec2(corner.x == 0 ? bounds.x : bounds.z, corner.y == 0 ? bounds.w : bounds.y);
    at = vec2(corner);
    gl_Position = vec4(vec2(place - origin) * scale * vec2(2.0, -2.0) / size, 0.0, 1.0);
}

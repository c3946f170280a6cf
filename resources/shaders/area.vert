#version 330 core
// Triangles on the 32-bit Mercator grid.

layout(location = 0) in ivec2 position;
uniform ivec2 origin;
uniform float scale;
uniform vec2 size;

void main()
{
    gl_Position = vec4(vec2(position - origin) * scale * vec2(2.0, -2.0) / size, 0.0, 1.0);
}

#version 330 core
// One soft disc per point, summed up in a small picture of floats.

layout(location = 0) in ivec2 place;
layout(location = 1) in float weight;

uniform ivec2 origin;
uniform float scale;
uniform vec2 size;
uniform float side; // of a disc in pixels of the small picture

flat out float amount;

void main()
{
    vec2 p = vec2(place - origin) * scale;
    amount = weight;
    gl_PointSize = side;
    gl_Position = vec4(p * vec2(2.0, -2.0) / size, 0.0, 1.0);
}

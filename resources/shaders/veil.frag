#version 330 core
// A layer that was drawn apart, put onto the picture as a whole.

uniform sampler2D layer;
uniform float opacity;
out vec4 pixel;

void main()
{
    pixel = texelFetch(layer, ivec2(gl_FragCoord.xy), 0) * opacity;
}

#version 330 core
// Sums to colours.

uniform sampler2D sums;
uniform float full;     // the sum at the end of the ramp
uniform vec4 colours[4];
in vec2 at;
out vec4 pixel;

void main()
{
    float part = clamp(log(1.0 + texture(sums, at).r) / log(1.0 + full), 0.0, 1.0);
    float place = part * 3.0;
    vec3 colour = mix(mix(colours[0].rgb, colours[1].rgb, clamp(place, 0.0, 1.0)),
                      mix(colours[2].rgb, colours[3].rgb, clamp(place - 2.0, 0.0, 1.0)),
                      clamp(place - 1.0, 0.0, 1.0));
    float strength = smoothstep(0.0, 0.6, part) * 0.75;
    pixel = vec4(colour, 1.0) * strength;
}

#version 330 core
// A filling, and lines over it in another colour.

uniform vec4 paint;   // straight alpha
uniform vec4 ink;     // of the lines
uniform int hatch;    // maps.layers.area_layer.Hatch
uniform float gap;    // device pixels from line to line
uniform float stroke; // device pixels
uniform vec2 phase;   // so that the lines stay where they are on the ground
out vec4 pixel;

const float ROOT = 1.41421356;

float line_at(float across)
{
    float away = abs(mod(across, gap) - 0.5 * gap);
    return clamp(0.5 * stroke - away + 0.5, 0.0, 1.0);
}

void main()
{
    vec2 at = gl_FragCoord.xy + phase;
    float rising = line_at((at.x + at.y) / ROOT);
    float falling = line_at((at.x - at.y) / ROOT);
    float cover = 0.0;
    if (hatch == 1) cover = rising;
    if (hatch == 2) cover = falling;
    if (hatch == 3) cover = max(rising, falling);
    if (hatch == 4) cover = line_at(at.x / ROOT);
    cover *= ink.a;
    float alpha = cover + paint.a * (1.0 - cover);
    pixel = vec4(ink.rgb * cover + paint.rgb * paint.a * (1.0 - cover), alpha);
}

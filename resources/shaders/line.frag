#version 330 core
// Coverage from the distance to the segment: smooth edges and round joins.

uniform vec4 paint;  // replaces the style's colour when its alpha is above zero: the casing
uniform bool butt;   // ends cut off square

flat in vec4 colour;
flat in vec4 shape;
in vec2 at;
out vec4 pixel;

void main()
{
    float beyond = max(-at.x, at.x - shape.x);
    float coverage = butt
        ? clamp(shape.y + 0.5 - abs(at.y), 0.0, 1.0) * clamp(0.5 - beyond, 0.0, 1.0)
        : clamp(shape.y + 0.5 - length(vec2(max(beyond, 0.0), at.y)), 0.0, 1.0);
    if (shape.z > 0.0) {
        float phase = mod(shape.w + at.x, 2.0 * shape.z);
        coverage *= clamp(0.5 * shape.z + 0.5 - abs(phase - 0.5 * shape.z), 0.0, 1.0);
    }
    vec4 base = paint.a > 0.0 ? paint : colour;
    pixel = vec4(base.rgb, 1.0) * (base.a * coverage);
}

#version 330 core
// A line that grows fainter towards its old end.

uniform float half_width;

flat in vec3 colour;
flat in float length_px;
in vec2 at;
in float fade;
out vec4 pixel;

void main()
{
    float coverage = clamp(half_width + 0.5 - abs(at.y), 0.0, 1.0)
                   * clamp(0.5 - max(-at.x, at.x - length_px), 0.0, 1.0);
    pixel = vec4(colour, 1.0) * (coverage * 0.8 * clamp(fade, 0.0, 1.0));
}

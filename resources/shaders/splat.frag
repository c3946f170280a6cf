#version 330 core
// Three times the weight in the middle, none at the edge: on the average over the disc, the weight.

flat in float amount;
out vec4 pixel;

void main()
{
    vec2 at = 2.0 * gl_PointCoord - 1.0;
    float rest = max(1.0 - dot(at, at), 0.0);
    pixel = vec4(3.0 * amount * rest * rest);
}

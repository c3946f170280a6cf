#version 330 core
// A symbol turned to its heading, with smooth edges.

flat in vec4 fill;
flat in vec4 edge;
flat in vec4 plane;
flat in vec4 turn;
out vec4 pixel;

void main()
{
    // Pictures are upside down for OpenGL, so that this runs east and north.
    vec2 at = (gl_PointCoord - 0.5) * turn.z;
    float across = abs(at.x * turn.y - at.y * turn.x);
    float ahead = dot(at, turn.xy);
    vec2 p = vec2(across, turn.w < 0.0 ? abs(ahead) : ahead);
    float outside = max(dot(p, plane.xy) - fill.a, dot(p, plane.zw) - edge.a);
    float coverage = clamp(abs(turn.w) + 0.5 - outside, 0.0, 1.0);
    float core = clamp(0.5 - outside, 0.0, 1.0);
    pixel = vec4(mix(edge.rgb, fill.rgb, core), 1.0) * coverage;
}

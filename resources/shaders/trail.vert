#version 330 core
// One quad per straight piece of a trail; the last one ends where its thing is now.

layout(location = 0) in ivec2 start;
layout(location = 1) in ivec2 end;
layout(location = 2) in vec4 times; // when the thing sets out, seconds of the way; of both ends
layout(location = 3) in uint kind;

uniform ivec2 origin;
uniform float scale;
uniform vec2 size;
uniform float now;
uniform float seconds;        // until a trail has faded
uniform float half_width;     // device pixels
uniform samplerBuffer styles; // four texels per kind: colour and more

flat out vec3 colour;
flat out float length_px;
out vec2 at;    // along, across, in px
out float fade;

void main()
{
    float part = clamp((now - times.x) / times.y, 0.0, 1.0);
    vec2 a = vec2(start - origin) * scale;
    vec2 way = vec2(end - start) * part * scale;
    length_px = length(way);
    vec2 ahead = length_px > 0.0 ? way / length_px : vec2(1.0, 0.0);
    bool is_end = (gl_VertexID & 1) != 0;
    at = vec2(is_end ? length_px + 0.5 : -0.5,
              (gl_VertexID & 2) == 0 ? -half_width - 0.5 : half_width + 0.5);
    vec2 p = a + ahead * at.x + vec2(-ahead.y, ahead.x) * at.y;
    float then = is_end ? mix(times.z, times.w, part) : times.z;
    fade = 1.0 - (now - then) / seconds;
    colour = texelFetch(styles, int(kind) * 4).rgb;
    gl_Position = length_px > 0.0 ? vec4(p * vec2(2.0, -2.0) / size, 0.0, 1.0)
                                  : vec4(2.0, 2.0, 2.0, 1.0);
}

#version 330 core
// One point sprite per moving thing, on its way between two fixes.

layout(location = 0) in ivec2 before;
layout(location = 1) in ivec2 newest;
layout(location = 2) in vec2 times;    // newest fix; fix before
layout(location = 3) in float heading; // degrees; beyond 1000 when it is not known
layout(location = 4) in uvec2 what;   // kind, state

uniform ivec2 origin;
uniform float scale;
uniform vec2 size;
uniform float now;
uniform float stale;          // s
uniform vec3 pace;            // s: the shortest way, the longest, how far it runs on
uniform float ahead;          // the same as a fraction of the way, at most
uniform float radius;         // of a symbol in device pixels
uniform float border;         // device pixels
uniform vec4 ring;            // in place of the state's mark when its alpha is above zero
uniform vec4 old;             // colour of what is stale
uniform vec4 ground;          // colour around symbols, and inside stale ones
uniform samplerBuffer styles; // four texels per kind, see mover_styles.py; then one per state
uniform int states;           // texel of the first state

flat out vec4 fill;  // colour; distance of the first half plane
flat out vec4 edge;  // colour; distance of the second
flat out vec4 plane; // normals of the two
flat out vec4 turn;  // towards east and north; side of the sprite; width of the edge, below zero
                     // when front and back are the same

void main()
{
    vec4 kind = texelFetch(styles, int(what.x) * 4);
    vec4 state = texelFetch(styles, states + int(what.y));
    float seconds = max(times.x - times.y, pace.x);
    float most = 1.0 + min(pace.z / seconds, ahead);
    float part = clamp((now - times.x) / min(seconds, pace.y), 0.0, most);
    vec2 p = (vec2(before - origin) + vec2(newest - before) * part) * scale;

    bool is_old = now - (times.x > now ? times.y : times.x) > stale;
    bool known = abs(heading) < 1000.0;
    vec2 towards = vec2(sin(radians(heading)), cos(radians(heading)));
    vec4 mark = ring.a > 0.0 ? ring : is_old ? vec4(0.0) : state;
    float r = mark.a > 0.0 ? 1.25 * radius : radius;
    float width = mark.a > 0.0 ? border + 1.2 : border;
    vec4 reach = texelFetch(styles, int(what.x) * 4 + 3) * r;
    fill = vec4(is_old ? ground.rgb : kind.rgb, known ? reach.x : reach.z);
    edge = vec4(mark.a > 0.0 ? mark.rgb : is_old ? old.rgb : ground.rgb, known ? reach.y : reach.w);
    plane = texelFetch(styles, int(what.x) * 4 + (known ? 1 : 2));
    float side = 2.0 * (r + width + 0.5);
    turn = vec4(known ? towards : vec2(0.0, 1.0), side, known ? width : -width);

    bool shown = kind.a > 0.0 && state.a >= 0.0;
    gl_PointSize = side;
    gl_Position = shown ? vec4(p * vec2(2.0, -2.0) / size, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}

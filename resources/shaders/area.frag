#version 330 core

uniform vec4 paint;
out vec4 pixel;

void main()
{
    pixel = vec4(paint.rgb * paint.a, paint.a);
}

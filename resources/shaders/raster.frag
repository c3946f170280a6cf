#version 330 core
// The texture is premultiplied, so that its edges do not darken.

uniform sampler2D picture;
in vec2 at;
out vec4 pixel;

void main()
{
    pixel = texture(picture, at);
}

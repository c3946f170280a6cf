"""The render thread. Only ``thread`` may be imported from outside; the rest loads OpenGL."""

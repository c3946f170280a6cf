"""What others need for the same map on the same machine: QGIS and MapLibre GL JS."""

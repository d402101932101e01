"""The project about itself."""

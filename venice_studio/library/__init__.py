"""What stays on this computer: jobs, clips, pictures, settings and the key."""

"""What Moodle's bank formats share: marked-up text, weighted answers, categories, carriage."""

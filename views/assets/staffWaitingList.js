import { renewOn } from './staffRenew.js';

// What is booked or moved, and the hours, decide what is free for those who wait.
renewOn(['booking', 'hours', 'reset']);

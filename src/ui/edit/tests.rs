//! Fields by themselves: what keys do to them, what they say, what value they give.

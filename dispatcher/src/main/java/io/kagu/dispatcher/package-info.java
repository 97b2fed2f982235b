/** The dispatcher service: its settings, its composition and its start. No logic may enter. */
package io.kagu.dispatcher;

/** The HTTP face: translates requests into questions and answers into JSON. No rule lives here. */
package io.kagu.statusapi.web;

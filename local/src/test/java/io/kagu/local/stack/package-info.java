/** Tests of the package of the same name, on a real broker. */
package io.kagu.local.stack;

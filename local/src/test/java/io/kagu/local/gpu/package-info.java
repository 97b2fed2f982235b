/** Tests of the simulated GPU, over real HTTP wherever its behaviour is seen from outside. */
package io.kagu.local.gpu;

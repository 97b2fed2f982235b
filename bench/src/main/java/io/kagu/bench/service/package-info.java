/** Kagu's services as processes of their own, with their settings in the environment. */
package io.kagu.bench.service;

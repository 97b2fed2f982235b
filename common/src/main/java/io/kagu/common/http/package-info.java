/**
 * What all HTTP faces share: the server's set-up and errors as problem details. Routes stay with
 * the services.
 */
package io.kagu.common.http;

/**
 * The events of Threadly: generated classes and their topics. Null-marked class by class, because the constructors of
 * generated ones take null for what is optional.
 */
package com.threadly.events;

/** What the commands have in common: settings, output and exit codes. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner.command;

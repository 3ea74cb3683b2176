/** What the commands share: settings, output and exit codes. */
@org.jspecify.annotations.NullMarked
package com.threadly.provisioner.command;

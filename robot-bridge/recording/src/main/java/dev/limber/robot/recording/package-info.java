/// Control sessions as files: kept, read, replayed and compared.
package dev.limber.robot.recording;

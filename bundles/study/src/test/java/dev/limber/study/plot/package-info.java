/// Pictures, looked at pixel by pixel.
package dev.limber.study.plot;

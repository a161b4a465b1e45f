/// Groups of runs and what their seeds say together: tables for people, CSV for programs, curves for pictures.
package dev.limber.study.table;

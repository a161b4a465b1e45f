/// Tests of tables.
package dev.limber.study.table;

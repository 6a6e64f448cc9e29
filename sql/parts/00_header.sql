\echo Use "CREATE EXTENSION kzcluster CASCADE" to load this file. \quit

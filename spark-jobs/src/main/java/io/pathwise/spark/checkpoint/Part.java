package io.pathwise.spark.checkpoint;

import java.io.Serializable;

/**
 * A file of a slice: what the paths of some shards carry.
 *
 * @param shards its shards
 * @param file its name in the directory of the slice
 * @param bytes its length
 * @param crc32c the CRC-32C of its content
 */
public record Part(ShardRange shards, String file, long bytes, int crc32c)
    implements Serializable {}

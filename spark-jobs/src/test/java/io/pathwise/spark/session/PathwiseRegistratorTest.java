package io.pathwise.spark.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.pathwise.spark.SharedSpark;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.io.ChunkedByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.reflect.ClassTag;

@ExtendWith(SharedSpark.class)
class PathwiseRegistratorTest {

  /** A class that nobody registered. */
  record Stranger(double value) {}

  @Test
  void aClassThatIsNotRegisteredIsRefused(SparkSession spark) {
    SerializerInstance kryo = serializer(spark);
    assertThatException()
        .isThrownBy(() -> kryo.serialize(new Stranger(1), tag(Stranger.class)))
        .withMessageContaining("Class is not registered")
        .withMessageContaining("Stranger");
  }

  @Test
  void sparksChunkedBuffersSurviveKryo(SparkSession spark) {
    SerializerInstance kryo = serializer(spark);
    ChunkedByteBuffer[] chunks = {
      new ChunkedByteBuffer(new ByteBuffer[] {ByteBuffer.wrap(new byte[] {1, 2, 3})})
    };
    ClassTag<ChunkedByteBuffer[]> tag = tag(ChunkedByteBuffer[].class);
    ChunkedByteBuffer[] back = kryo.deserialize(kryo.serialize(chunks, tag), tag);
    assertThat(back).hasSize(1);
    assertThat(back[0].toArray()).containsExactly(1, 2, 3);
  }

  @Test
  void theTypesOfSchemasAreTheSameObjectsAfterKryo(SparkSession spark) {
    SerializerInstance kryo = serializer(spark);
    StructType schema =
        StructType.fromDDL(
            "a TINYINT, b SMALLINT, c INT, d BIGINT, e FLOAT, f DOUBLE, g DECIMAL(9, 4), h STRING,"
                + " i BINARY, j BOOLEAN, k DATE, l TIMESTAMP, m TIMESTAMP_NTZ");
    ClassTag<StructType> tag = tag(StructType.class);
    assertThat(kryo.deserialize(kryo.serialize(schema, tag), tag)).isEqualTo(schema);
  }

  @Test
  void tasksOfPlainNumbersNeedNoRegistrationOfOurs(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
    Function<Integer, double[]> pair = i -> new double[] {i, 2.0 * i};
    double[] sum =
        context
            .parallelize(numbers, 4)
            .map(pair)
            .treeReduce((a, b) -> new double[] {a[0] + b[0], a[1] + b[1]});
    assertThat(sum).containsExactly(499_500.0, 999_000.0);
  }

  private static SerializerInstance serializer(SparkSession spark) {
    return new KryoSerializer(spark.sparkContext().getConf()).newInstance();
  }

  private static <T> ClassTag<T> tag(Class<T> type) {
    return ClassTag.apply(type);
  }
}

using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;

namespace Billing.Aws.Tests;

public sealed class SourceTests(Fauxqs fauxqs)
{
    private static readonly byte[] s_content = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"line {i}\n")));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a b+c é/日本.csv")]
    [InlineData("plain.csv")]
    public async Task An_object_is_put_with_its_hash_and_read_as_it_is(string key)
    {
        using AwsConnection connection = fauxqs.Connect();
        S3Bucket bucket = new(connection.S3, "inbox");
        S3StoredObject stored = await bucket.PutAsync(key, s_content, new S3PutOptions { ContentType = "text/csv" }, Cancellation);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(s_content)), stored.Sha256);
        S3Source source = bucket.Source(key);
        Assert.Equal($"s3://inbox/{key}", source.Name);
        Assert.Equal(s_content, await ReadAsync(source));
    }

    [Fact]
    public async Task A_compressed_object_is_ingested_under_the_name_of_its_event()
    {
        using AwsConnection connection = fauxqs.Connect();
        using MemoryStream compressed = new();
        await using (GZipStream gzip = new(compressed, CompressionMode.Compress, leaveOpen: true))
        {
            await gzip.WriteAsync("id,date,amount,currency\n1,2025-06-17,12.50,USD\n"u8.ToArray(), Cancellation);
        }

        await new S3Bucket(connection.S3, "inbox").PutAsync("c d.csv.gz", compressed.ToArray(), null, Cancellation);
        S3EventRecord record = Assert.Single(S3Event.Parse("""{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"inbox"},"object":{"key":"c+d.csv.gz"}}}]}""").Records);
        Assert.Equal("id,date,amount,currency\n1,2025-06-17,12.50,USD\n", Encoding.UTF8.GetString(await Unzipped(await ReadAsync(S3Source.Of(record, connection.S3)))));
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_an_error_that_names_it()
    {
        using AwsConnection connection = fauxqs.Connect();
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => ReadAsync(new S3Source(connection.S3, "inbox", "none.csv")));
        Assert.Equal(HttpStatusCode.NotFound, error.StatusCode);
        Assert.Contains("s3://inbox/none.csv", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_breaks_off_goes_on_where_it_was_with_the_same_object()
    {
        using ScriptedHandler handler = new((number, _) => number switch
        {
            0 => Object(new BrokenStream(s_content[..1000])),
            1 => Object(new BrokenStream(s_content[1000..1500]), from: 1000),
            2 => Object(new MemoryStream(s_content[1500..1600]), from: 1500, length: s_content.Length - 1500),
            _ => Object(new MemoryStream(s_content[1600..]), from: 1600),
        });
        Assert.Equal(s_content, await ReadAsync(new S3Source(Client(handler), "b", "k", new S3SourceOptions { VersionId = "v1" })));
        Assert.Equal(["", "bytes=1000-", "bytes=1500-", "bytes=1600-"], handler.Requests.Select(request => request.Headers.Range?.ToString() ?? ""));
        Assert.All(handler.Requests.Skip(1), request => Assert.Equal(Tag(s_content), Assert.Single(request.Headers.GetValues("If-Match"))));
        Assert.All(handler.Requests, request => Assert.Contains("versionId=v1", request.RequestUri!.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_object_that_stays_incomplete_is_an_error()
    {
        using ScriptedHandler handler = new((number, _) => number == 0 ? Object(new BrokenStream(s_content[..1000])) : Object(new BrokenStream([]), from: 1000));
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => ReadAsync(new S3Source(Client(handler), "b", "k", new S3SourceOptions { MaxResumes = 2 })));
        Assert.Equal("Incomplete", error.ErrorCode);
    }

    [Fact]
    public async Task An_object_that_was_overwritten_while_it_was_read_is_an_error()
    {
        using ScriptedHandler handler = new((number, _) => number == 0
            ? Object(new BrokenStream(s_content[..1000]))
            : new HttpResponseMessage(HttpStatusCode.PreconditionFailed) { Content = new StringContent("<Error><Code>PreconditionFailed</Code><Message>no</Message></Error>") });
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => ReadAsync(new S3Source(Client(handler), "b", "k")));
        Assert.Contains("overwritten", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_versions_the_entity_tag_of_the_event_decides_what_is_read()
    {
        using AwsConnection connection = fauxqs.Connect();
        S3Bucket bucket = new(connection.S3, "inbox");
        S3StoredObject first = await bucket.PutAsync("overwritten.csv", s_content, null, Cancellation);
        S3StoredObject second = await bucket.PutAsync("overwritten.csv", "id\n"u8.ToArray(), null, Cancellation);
        AwsException error = await Assert.ThrowsAsync<AwsException>(() => ReadAsync(S3Source.Of(EventOf(first), connection.S3)));
        Assert.Equal(HttpStatusCode.PreconditionFailed, error.StatusCode);
        Assert.Contains("s3://inbox/overwritten.csv: The object was overwritten before it was read", error.Message, StringComparison.Ordinal);
        Assert.Equal("id\n"u8.ToArray(), await ReadAsync(S3Source.Of(EventOf(second), connection.S3)));

        // As events have it: without quotes.
        static S3EventRecord EventOf(S3StoredObject stored) => Assert.Single(S3Event.Parse(
            """{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"inbox"},"object":{"key":"overwritten.csv","eTag":"TAG"}}}]}""".Replace("TAG", stored.ETag.Trim('"'), StringComparison.Ordinal)).Records);
    }

    [Fact]
    public async Task Content_that_differs_from_its_entity_tag_is_an_error()
    {
        byte[] damaged = [.. s_content];
        damaged[77] ^= 1;
        using ScriptedHandler handler = new((_, _) => Object(new MemoryStream(damaged)));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new S3Source(Client(handler), "b", "k")));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(4096)]
    public async Task The_entity_tag_of_an_object_in_parts_is_checked_where_the_size_of_parts_is_known(int part)
    {
        byte[] damaged = [.. s_content];
        damaged[^1] ^= 1;
        string tag = PartsTag(s_content, part);
        S3SourceOptions options = new() { PartBytes = part };
        using ScriptedHandler right = new((_, _) => Object(new MemoryStream(s_content), tag: tag));
        Assert.Equal(s_content, await ReadAsync(new S3Source(Client(right), "b", "k", options)));
        using ScriptedHandler wrong = new((_, _) => Object(new MemoryStream(damaged), tag: tag));
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(new S3Source(Client(wrong), "b", "k", options)));
        using ScriptedHandler unknown = new((_, _) => Object(new MemoryStream(damaged), tag: tag));
        Assert.Equal(damaged, await ReadAsync(new S3Source(Client(unknown), "b", "k")));
    }

#pragma warning disable CA5351 // What S3 does.
    private static string Tag(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    private static string PartsTag(byte[] content, int part) =>
        $"\"{Convert.ToHexStringLower(MD5.HashData([.. content.Chunk(part).SelectMany(MD5.HashData)]))}-{content.Chunk(part).Count()}\"";
#pragma warning restore CA5351

    private static HttpResponseMessage Object(Stream body, int from = 0, long? length = null, string? tag = null)
    {
        HttpResponseMessage response = new(from == 0 ? HttpStatusCode.OK : HttpStatusCode.PartialContent) { Content = new StreamContent(body) };
        response.Content.Headers.ContentLength = length ?? s_content.Length - from;
        response.Headers.TryAddWithoutValidation("ETag", tag ?? Tag(s_content));
        return response;
    }

    private static AmazonS3Client Client(HttpMessageHandler handler) => new(new BasicAWSCredentials("a", "b"), new AmazonS3Config
    {
        ServiceURL = "http://s3.test",
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        MaxErrorRetry = 0,
        HttpClientFactory = new HandlerFactory(handler),
    });

    private static async Task<byte[]> ReadAsync(S3Source source)
    {
        using MemoryStream content = new();
        await using Stream stream = await source.OpenAsync(Cancellation);
        await stream.CopyToAsync(content, 700, Cancellation);
        return content.ToArray();
    }

    private static async Task<byte[]> Unzipped(byte[] compressed)
    {
        using MemoryStream content = new();
        await using GZipStream gzip = new(new MemoryStream(compressed), CompressionMode.Decompress);
        await gzip.CopyToAsync(content, Cancellation);
        return content.ToArray();
    }

    private sealed class HandlerFactory(HttpMessageHandler handler) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(handler, disposeHandler: false);
    }
}

using System.Net;
using Amazon.S3;
using Billing.Aws.Requests;

namespace Billing.Aws.Objects;

/// <summary>Explains the errors of S3.</summary>
internal static class ObjectErrors
{
    /// <summary>Returns the exception for an exception of the S3 client. The client has already retried transient failures.</summary>
    public static AwsException Of(AmazonS3Exception exception, string operation, string name, bool isResuming = false)
    {
        string code = string.IsNullOrEmpty(exception.ErrorCode) ? exception.StatusCode.ToString() : exception.ErrorCode;
        string why = exception switch
        {
            { StatusCode: HttpStatusCode.PreconditionFailed } when isResuming => "The object was overwritten while it was read. Read it again.",
            { StatusCode: HttpStatusCode.PreconditionFailed } when operation == "GetObject" => "The object was overwritten before it was read, and its bucket keeps no versions: the older content is lost. The newer object has its own event. Turn on versioning for the bucket, or upload the older file again under another key.",
            { StatusCode: HttpStatusCode.PreconditionFailed } => "The object exists already.",
            { StatusCode: HttpStatusCode.NotFound } => "The object does not exist, or you may not see it. (S3 answers 404 for a missing object only if you have s3:ListBucket.)",
            { StatusCode: HttpStatusCode.Forbidden } => "Access is denied. Check the permissions that docs/aws.md lists, and the permission for the key that encrypts the object.",
            _ => AwsErrors.Clean(exception.Message),
        };
        return new AwsException(AwsService.S3.Name, operation, code, $"{name}: {why}", exception.StatusCode == 0 ? null : exception.StatusCode, exception.RequestId, exception);
    }
}

using Amazon.CDK.AWS.Lambda;

namespace Billing.Infrastructure.Parts;

/// <summary>The certificates by which a function knows the database: a layer of its own, so that another bundle is deployed like any other change.</summary>
internal static class Certificates
{
    /// <summary>What Amazon calls the file.</summary>
    public const string FileName = "global-bundle.pem";

    /// <summary>Gives a function the file, and tells it where it is.</summary>
    public static void Add(Function function, CloudSettings settings)
    {
        function.AddLayers(new LayerVersion(function, "Certificates", new LayerVersionProps
        {
            Description = "Certificates of Amazon RDS",
            Code = Code.FromAsset(settings.CertificatesPath),
        }));

        // Where Lambda puts what layers hold.
        function.AddEnvironment("DB_SSL_CA", $"/opt/{FileName}");
    }
}

CREATE TABLE "Aliases" (
    "Address" TEXT NOT NULL,
    "ArticleId" INTEGER NOT NULL,
    CONSTRAINT "PK_Aliases" PRIMARY KEY ("Address", "ArticleId")
);


CREATE TABLE "Articles" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Articles" PRIMARY KEY AUTOINCREMENT,
    "Path" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Section" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "Wanted" TEXT NOT NULL,
    "IsPermalinkStated" INTEGER NOT NULL,
    "Permalink" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "IsExcerpt" INTEGER NOT NULL,
    "PublishedAt" INTEGER NULL,
    "ModifiedAt" INTEGER NULL,
    "ModifiedFrom" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NULL,
    "Year" INTEGER NULL,
    "IsListed" INTEGER NOT NULL,
    "IsDraft" INTEGER NOT NULL,
    "NoIndex" INTEGER NOT NULL,
    "Toc" INTEGER NULL,
    "Language" TEXT NULL,
    "CoverImage" TEXT NULL,
    "CoverAlt" TEXT NULL,
    "CanonicalUrl" TEXT NULL,
    "VideoId" TEXT NULL,
    "Series" TEXT NULL,
    "SeriesKey" TEXT NULL,
    "SeriesOrder" INTEGER NULL,
    "WordCount" INTEGER NOT NULL,
    "ReadingMinutes" INTEGER NOT NULL,
    "ParentPath" TEXT NULL,
    "Position" INTEGER NOT NULL,
    "Module" TEXT NULL,
    "HasFileLinks" INTEGER NOT NULL,
    "Hash" TEXT NOT NULL,
    "Uid" TEXT NULL,
    "BrokenSince" INTEGER NULL
);


CREATE TABLE "ArticleTerms" (
    "ArticleId" INTEGER NOT NULL,
    "Taxonomy" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "Label" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "Line" INTEGER NOT NULL,
    "Column" INTEGER NOT NULL,
    "IsDraft" INTEGER NOT NULL,
    "PublishedAt" INTEGER NULL,
    "ExpiresAt" INTEGER NULL,
    CONSTRAINT "PK_ArticleTerms" PRIMARY KEY ("ArticleId", "Taxonomy", "Key")
);


CREATE TABLE "Bodies" (
    "ArticleId" INTEGER NOT NULL CONSTRAINT "PK_Bodies" PRIMARY KEY,
    "Html" TEXT NOT NULL,
    "Outline" TEXT NOT NULL,
    "Anchors" TEXT NOT NULL,
    "Lessons" TEXT NULL
);


CREATE TABLE "Counts" (
    "Counted" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "Articles" INTEGER NOT NULL,
    CONSTRAINT "PK_Counts" PRIMARY KEY ("Counted", "Key")
);


CREATE TABLE "Facts" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Facts" PRIMARY KEY,
    "Value" TEXT NOT NULL
);


CREATE TABLE "KeyWords" (
    "ArticleId" INTEGER NOT NULL CONSTRAINT "PK_KeyWords" PRIMARY KEY,
    "Words" TEXT NOT NULL
);


CREATE TABLE "Links" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Links" PRIMARY KEY AUTOINCREMENT,
    "ArticleId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Target" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "Fragment" TEXT NOT NULL,
    "Line" INTEGER NOT NULL,
    "Column" INTEGER NOT NULL
);


CREATE TABLE "Pictures" (
    "Path" TEXT NOT NULL CONSTRAINT "PK_Pictures" PRIMARY KEY,
    "Hash" TEXT NOT NULL,
    "Format" INTEGER NOT NULL,
    "Width" INTEGER NOT NULL,
    "Height" INTEGER NOT NULL,
    "IsAnimated" INTEGER NOT NULL,
    "HasAlpha" INTEGER NOT NULL,
    "IsWhole" INTEGER NOT NULL,
    "Tone" TEXT NULL
);


CREATE TABLE "Problems" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Problems" PRIMARY KEY AUTOINCREMENT,
    "Path" TEXT NOT NULL,
    "Line" INTEGER NOT NULL,
    "Column" INTEGER NOT NULL,
    "Severity" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Message" TEXT NOT NULL,
    "Suggestion" TEXT NULL,
    "IsCrossFile" INTEGER NOT NULL,
    "Target" TEXT NULL,
    "FoundAt" INTEGER NOT NULL
);


CREATE TABLE "Redirects" (
    "Address" TEXT NOT NULL CONSTRAINT "PK_Redirects" PRIMARY KEY,
    "Target" TEXT NULL,
    "Path" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    "Uid" TEXT NULL,
    "At" INTEGER NOT NULL
);


CREATE TABLE "Related" (
    "ArticleId" INTEGER NOT NULL CONSTRAINT "PK_Related" PRIMARY KEY,
    "Ids" TEXT NOT NULL
);


CREATE TABLE "Sources" (
    "Path" TEXT NOT NULL CONSTRAINT "PK_Sources" PRIMARY KEY,
    "Kind" INTEGER NOT NULL,
    "Size" INTEGER NOT NULL,
    "ModifiedAt" INTEGER NOT NULL,
    "Hash" TEXT NOT NULL,
    "CommittedAt" INTEGER NULL
);


CREATE TABLE "Terms" (
    "Taxonomy" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Description" TEXT NULL,
    "Avatar" TEXT NULL,
    "Role" TEXT NULL,
    "Links" TEXT NULL,
    "IsDeclared" INTEGER NOT NULL,
    CONSTRAINT "PK_Terms" PRIMARY KEY ("Taxonomy", "Key")
);


CREATE INDEX "IX_Aliases_ArticleId" ON "Aliases" ("ArticleId");


CREATE INDEX "IX_Articles_BrokenSince" ON "Articles" ("BrokenSince") WHERE BrokenSince IS NOT NULL;


CREATE INDEX "IX_Articles_Displaced" ON "Articles" ("Slug") WHERE Permalink <> Wanted;


CREATE INDEX "IX_Articles_ExpiresAt" ON "Articles" ("ExpiresAt");


CREATE INDEX "IX_Articles_Hash" ON "Articles" ("Hash");


CREATE INDEX "IX_Articles_IsDraft" ON "Articles" ("IsDraft") WHERE IsDraft = 1;


CREATE INDEX "IX_Articles_IsListed_PublishedAt_Title_Path_IsDraft_ExpiresAt" ON "Articles" ("IsListed", "PublishedAt" DESC, "Title", "Path", "IsDraft", "ExpiresAt");


CREATE INDEX "IX_Articles_Kind" ON "Articles" ("Kind");


CREATE INDEX "IX_Articles_ParentPath" ON "Articles" ("ParentPath");


CREATE UNIQUE INDEX "IX_Articles_Path" ON "Articles" ("Path");


CREATE INDEX "IX_Articles_Permalink" ON "Articles" ("Permalink");


CREATE INDEX "IX_Articles_PublishedAt" ON "Articles" ("PublishedAt");


CREATE INDEX "IX_Articles_Section_IsListed_PublishedAt_Title_Path_IsDraft_ExpiresAt" ON "Articles" ("Section", "IsListed", "PublishedAt" DESC, "Title", "Path", "IsDraft", "ExpiresAt");


CREATE INDEX "IX_Articles_SeriesKey" ON "Articles" ("SeriesKey");


CREATE INDEX "IX_Articles_Uid" ON "Articles" ("Uid");


CREATE INDEX "IX_Articles_Wanted" ON "Articles" ("Wanted");


CREATE INDEX "IX_Articles_Year" ON "Articles" ("Year");


CREATE INDEX "IX_ArticleTerms_Taxonomy_Key_IsDraft_PublishedAt_ExpiresAt_ArticleId" ON "ArticleTerms" ("Taxonomy", "Key", "IsDraft", "PublishedAt" DESC, "ExpiresAt", "ArticleId");


CREATE INDEX "IX_ArticleTerms_Taxonomy_Key_Label_ArticleId" ON "ArticleTerms" ("Taxonomy", "Key", "Label", "ArticleId");


CREATE INDEX "IX_Links_Address" ON "Links" ("Address");


CREATE INDEX "IX_Links_ArticleId" ON "Links" ("ArticleId");


CREATE INDEX "IX_Pictures_Hash" ON "Pictures" ("Hash");


CREATE INDEX "IX_Problems_Code" ON "Problems" ("Code");


CREATE INDEX "IX_Problems_Path" ON "Problems" ("Path");


CREATE INDEX "IX_Problems_Severity_FoundAt" ON "Problems" ("Severity", "FoundAt");


CREATE INDEX "IX_Redirects_Hash" ON "Redirects" ("Hash");


CREATE INDEX "IX_Redirects_Target" ON "Redirects" ("Target");


CREATE INDEX "IX_Redirects_Uid" ON "Redirects" ("Uid");


CREATE INDEX "IX_Terms_Taxonomy_Slug" ON "Terms" ("Taxonomy", "Slug");


